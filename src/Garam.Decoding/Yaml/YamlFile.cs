using Garam.Decoding.Specs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Garam.Decoding.Yaml;

/// <summary>
/// Reads a YAML file into nodes that know their place. Bounded in bytes, depth and nodes; anchors and aliases are not taken, so a small
/// file cannot stand for a large one.
/// </summary>
internal sealed class YamlFile
{
    private readonly string _text;
    private readonly YamlSubject _subject;
    private readonly ProblemList _problems;
    private readonly Parser _parser;
    private int _nodes;

    private YamlFile(string text, YamlSubject subject, ProblemList problems)
    {
        _text = text;
        _subject = subject;
        _problems = problems;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The file's mapping, or null with the reason among the problems.</summary>
    public static YamlMap? Read(string text, YamlSubject subject, ProblemList problems)
    {
        if (text.Length > DecodingLimits.SpecBytesMax)
        {
            problems.Add(1, 1, $"the file has {text.Length} characters, more than {DecodingLimits.SpecBytesMax}", $"Split it into one file per {subject.One}.");
            return null;
        }

        var file = new YamlFile(text, subject, problems);
        try
        {
            return file.ReadDocument();
        }
        catch (InvalidOperationException)
        {
            // What the parser of YamlDotNet 16 throws for some flow mappings that lack their end ({a{b: c}).
            var at = file._parser.Current?.End ?? Mark.Empty;
            ReportSyntax(text, new YamlException(at, at, "a bracket or a brace is open or stands where none may"), problems);
            return null;
        }
        catch (YamlException failure)
        {
            ReportSyntax(text, failure, problems);
            return null;
        }
    }

    private static void ReportSyntax(string text, YamlException failure, ProblemList problems)
    {
        var line = Math.Max(1, (int)failure.Start.Line);
        var column = Math.Max(1, (int)failure.Start.Column);
        var lines = text.Split('\n');

        // The source documents indent output_schema into the list above it, which no YAML parser takes: name the mend.
        for (var i = line; i >= Math.Max(1, line - 1); i--)
        {
            if (i > lines.Length) continue;
            var found = lines[i - 1];
            var start = found.Length - found.TrimStart().Length;
            if (start == 0 || !found.AsSpan(start).StartsWith("output_schema:")) continue;
            problems.Add(i, start + 1, $"`output_schema` is indented into the list above it, which is not YAML",
                $"Move it to the top level: take the indentation from this line and as much from the lines under it.");
            return;
        }

        if (failure is YamlRefusedException refused)
        {
            problems.Add(line, column, refused.Said, refused.Remedy);
            return;
        }

        // The scanner tells of a tab, but not where it is.
        var tab = Array.FindIndex(lines, text => text.AsSpan().TrimStart(' ').StartsWith("\t"));
        if (tab >= 0 && failure.Message.Contains("tab", StringComparison.Ordinal))
        {
            problems.Add(tab + 1, lines[tab].IndexOf('\t', StringComparison.Ordinal) + 1, $"a tab stands in the indentation, which YAML does not take", $"Indent with blanks.");
            return;
        }

        problems.Add(line, column, $"this is not YAML: {YamlWords.Of(Plain(failure))}", $"Mend it: look at the indentation, colons, quotes and brackets here and on the line above.");
    }

    private static string Plain(YamlException failure)
    {
        var message = failure.InnerException is YamlException inner ? inner.Message : failure.Message;
        return message.Replace('\n', ' ').TrimEnd('.', ' ');
    }

    private YamlMap? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(1, 1, $"the file is empty", $"Write a {_subject.Document}; {_subject.Reference} has examples.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _problems.Add((int)second.Start.Line, 1, $"the file has a second document", $"Keep one {_subject.One} per file.");
        if (root is YamlMap map) return map;
        if (root is not null) _problems.Add(root, $"the file is {root.Noun}, not a mapping of keys", $"Start with `{_subject.FirstLine}`.");
        return null;
    }

    private YamlNode? ReadNode(int depth)
    {
        var next = _parser.Current ?? throw new YamlException("the file ends too early");
        var line = (int)next.Start.Line;
        var column = (int)next.Start.Column;
        if (depth > DecodingLimits.SpecDepthMax || ++_nodes > DecodingLimits.SpecNodesMax)
            throw new YamlRefusedException(next, $"the file is nested too deeply or has too many entries for a {_subject.Document}", $"Flatten it, or split it into one file per {_subject.One}.");
        switch (next)
        {
            case Scalar scalar:
                _parser.MoveNext();
                return ReadScalar(scalar, line, column);
            case SequenceStart:
                return ReadList(line, column, depth);
            case MappingStart:
                return ReadMap(line, column, depth);
            case AnchorAlias alias:
                throw new YamlRefusedException(alias, $"the alias `*{alias.Value}` is not taken", $"Write the part out.");
            default:
                throw new YamlRefusedException(next, $"something unexpected stands here", $"Take it away.");
        }
    }

    private YamlScalar ReadScalar(Scalar scalar, int line, int column)
    {
        // Behind an opening quote, and only where the text stands in the file letter by letter: not folded, not escaped.
        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var start = (int)scalar.Start.Index + quotes;
        var isVerbatim = start <= _text.Length && _text.AsSpan(start).StartsWith(scalar.Value, StringComparison.Ordinal) && !scalar.Value.Contains('\n');
        return new YamlScalar(line, column, scalar.Value, scalar.Style != ScalarStyle.Plain)
        {
            TextColumn = isVerbatim ? column + quotes : column,
            IsVerbatim = isVerbatim,
        };
    }

    private YamlList ReadList(int line, int column, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1)!);
        return new YamlList(line, column, items);
    }

    private YamlMap ReadMap(int line, int column, int depth)
    {
        _parser.MoveNext();
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = ReadNode(depth + 1);
            var value = ReadNode(depth + 1)!;
            if (keyNode is not YamlScalar key)
                _problems.Add(keyNode!, $"{keyNode!.Noun} stands where a key is expected", $"Write `key: value`.");
            else if (!seen.Add(key.Value))
                _problems.Add(key, $"the key `{key.Value}` is there twice", $"Keep one of them.");
            else
                entries.Add(new YamlEntry(key, value));
        }

        return new YamlMap(line, column, entries);
    }
}
