using System.Text.RegularExpressions;

namespace Garam.Architecture;

public sealed partial class House_style
{
    private const int SourceLinesMax = 350;
    private const int TestLinesMax = 400;

    // Words of a specification that end like the names we do without.
    private static readonly string[] WordsOfTheTrade = ["QualityOfService"];

    // A file longer than the limit, and why it is better whole.
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["src/Garam.Mqtt/Client/MqttClient.cs"] = "connecting, repeating and receiving share the connection that comes and goes; apart they would pass it around",
    };

    // A file of several types, and why they are better together.
    private static readonly Dictionary<string, string> SharedFiles = new()
    {
    };

    [Fact]
    public void A_type_says_what_it_is_instead_of_Manager_or_Helper()
    {
        var wrong =
            from file in SourceFile.Under("src")
            from type in file.Types
            where EmptyName().IsMatch(type) && !WordsOfTheTrade.Contains(type)
            select $"{file.Path}: {type}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_is_a_concept_of_the_trade_not_a_kind_of_code()
    {
        string[] kinds = ["Models", "Helpers", "Interfaces", "Common", "Utils", "Utilities", "Services", "Managers", "Extensions", "Misc", "Shared"];
        SourceFile.Under("src").Select(file => file.Path).Where(path => path.Split('/')[..^1].Any(kinds.Contains)).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_holds_one_type_and_bears_its_name()
    {
        var wrong =
            from file in SourceFile.Under("src")
            where !SharedFiles.ContainsKey(file.Path)
            let types = file.TopLevelTypes.ToList()
            where types.Count > 1 || (types.Count == 1 && types[0] != file.Name)
            select $"{file.Path}: {string.Join(", ", types)}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_namespace_is_the_folder()
    {
        var wrong =
            from file in SourceFile.Under("src")
            let declared = file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null
            let expected = string.Join('.', file.Path.Split('/')[1..^1])
            where declared != $"namespace {expected};"
            select $"{file.Path}: {declared}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_stays_small_enough_to_be_read_at_once()
    {
        var wrong =
            from limit in new[] { (Folder: "src", Lines: SourceLinesMax), (Folder: "tests", Lines: TestLinesMax) }
            from file in SourceFile.Under(limit.Folder)
            where file.Lines.Count > limit.Lines && !LongFiles.ContainsKey(file.Path)
            select $"{file.Path}: {file.Lines.Count} lines, at most {limit.Lines}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void An_exception_that_is_no_longer_needed_is_removed()
    {
        LongFiles.Keys.Where(path => !Repository.Exists(path) || Repository.Lines(path).Length <= SourceLinesMax).ShouldBeEmpty();
        SharedFiles.Keys.Where(path => !Repository.Exists(path) || new SourceFile(path, Repository.Lines(path)).TopLevelTypes.Count() <= 1).ShouldBeEmpty();
    }

    /// <summary>A project's <c>Eventually</c> or <c>Until</c> is its awaited condition with a limit; between two looks it may wait.</summary>
    [Fact]
    public void Tests_wait_for_conditions_and_never_sleep() =>
        LinesMatching(Sleep(), "tests").Where(line => !line.Contains("/Eventually.cs:", StringComparison.Ordinal) && !line.Contains("/Until.cs:", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_for_later() => LinesMatching(Unfinished(), "src", "tests", "bench").ShouldBeEmpty();

    /// <summary>The program's own commands and benchmarks run in the time of the person who calls them.</summary>
    [Fact]
    public void Below_the_program_time_comes_from_a_TimeProvider() =>
        LinesMatching(WallClock(), "src").Where(line => !line.StartsWith("src/Garam/", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Nothing_blocks_on_a_task_or_lets_one_go_unobserved() => LinesMatching(Blocking(), "src").ShouldBeEmpty();

    // This project names what it forbids.
    private static IEnumerable<string> LinesMatching(Regex pattern, params string[] folders) =>
        from folder in folders
        from file in SourceFile.Under(folder)
        where !file.Path.StartsWith("tests/Garam.Architecture.Tests/", StringComparison.Ordinal)
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        where pattern.IsMatch(line.text)
        select $"{file.Path}:{line.number}: {line.text.Trim()}";

    [GeneratedRegex(@"(Manager|Helpers?|Utils?|Utility|Utilities|Service|Processor|Wrapper|Impl|Base)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\b(Task\.Delay|Thread\.Sleep)\s*\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now)\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\basync void\b|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Blocking();
}
