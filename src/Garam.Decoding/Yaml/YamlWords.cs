using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>The messages of YamlDotNet's parser as phrases: those that slips of the hand lead to; any other is passed on as it is.</summary>
internal static class YamlWords
{
    public static Phrase Of(string message) => message switch
    {
        "a bracket or a brace is open or stands where none may" => $"a bracket or a brace is open or stands where none may",
        "Did not find expected <document start>" => $"Did not find expected <document start>",
        "Did not find expected <document end>" => $"Did not find expected <document end>",
        "While parsing a flow mapping, did not find expected ',' or '}'" => $"While parsing a flow mapping, did not find expected ',' or '}}'",
        "While parsing a flow mapping,  did not find expected ',' or '}'" => $"While parsing a flow mapping,  did not find expected ',' or '}}'",
        "While parsing a flow sequence, did not find expected ',' or ']'" => $"While parsing a flow sequence, did not find expected ',' or ']'",
        "While parsing a node, did not find expected node content" => $"While parsing a node, did not find expected node content",
        "While parsing a node, did not find expected token" => $"While parsing a node, did not find expected token",
        "While parsing a block collection, did not find expected '-' indicator" => $"While parsing a block collection, did not find expected '-' indicator",
        "While parsing a block mapping, did not find expected key" => $"While parsing a block mapping, did not find expected key",
        "While scanning a simple key, could not find expected ':'" => $"While scanning a simple key, could not find expected ':'",
        "While scanning a mapping, found invalid tab as indentation" => $"While scanning a mapping, found invalid tab as indentation",
        "While scanning for the next token, found character that cannot start any token" => $"While scanning for the next token, found character that cannot start any token",
        "While scanning a block scalar, did not find expected comment or line break" => $"While scanning a block scalar, did not find expected comment or line break",
        "While scanning a quoted scalar, found unexpected end of stream" => $"While scanning a quoted scalar, found unexpected end of stream",
        "While scanning a quoted scalar, found unknown escape character" => $"While scanning a quoted scalar, found unknown escape character",
        "While scanning a multi-line double-quoted scalar, found wrong indentation" => $"While scanning a multi-line double-quoted scalar, found wrong indentation",
        "While scanning a multiline plain scalar, found invalid mapping" => $"While scanning a multiline plain scalar, found invalid mapping",
        "While scanning a plain scalar value, found invalid mapping" => $"While scanning a plain scalar value, found invalid mapping",
        "While scanning a plain scalar, found a tab character that violate indentation" => $"While scanning a plain scalar, found a tab character that violate indentation",
        "Block sequence entries are not allowed in this context" => $"Block sequence entries are not allowed in this context",
        "Mapping keys are not allowed in this context" => $"Mapping keys are not allowed in this context",
        "Mapping values are not allowed in this context" => $"Mapping values are not allowed in this context",
        _ => $"{message}",
    };
}
