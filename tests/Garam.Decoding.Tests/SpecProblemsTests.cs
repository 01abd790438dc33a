using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>
/// Bad specs and what they are told: every folder of <c>testdata/problems</c> has a <c>spec.yaml</c> and an <c>expected.txt</c>, one problem a
/// line. Set GARAM_WRITE_EXPECTED=1 to write the expectations anew, and read the difference.
/// </summary>
public sealed class SpecProblemsTests
{
    private static string Folder => Path.Combine(RepositoryFolder.Path, "tests", "Garam.Decoding.Tests", "testdata", "problems");

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var folder in Directory.GetDirectories(Folder).Order(StringComparer.Ordinal)) cases.Add(Path.GetFileName(folder));
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_spec_is_told_what_is_wrong_where_and_how_to_mend_it(string name)
    {
        var folder = Path.Combine(Folder, name);
        var result = SpecParser.Parse(File.ReadAllText(Path.Combine(folder, "spec.yaml")), "spec.yaml");
        result.Spec.ShouldBeNull();
        var told = string.Concat(result.Problems.Select(problem => problem + "\n"));
        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("GARAM_WRITE_EXPECTED") == "1") File.WriteAllText(expected, told);
        told.ShouldBe(File.ReadAllText(expected));
    }
}
