using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>What a file is about, for the words of its problems.</summary>
/// <param name="Document">What one writes: a product spec.</param>
/// <param name="One">What a file holds one of: product.</param>
/// <param name="FirstLine">How it begins.</param>
/// <param name="Reference">The page that tells its keys.</param>
internal sealed record YamlSubject(Phrase Document, Phrase One, string FirstLine, string Reference)
{
    public static readonly YamlSubject Product = new($"product spec", $"product", "product_type: …", "docs/reference/product-specs.md");

    public static readonly YamlSubject Ruleset = new($"ruleset", $"ruleset", "ruleset: …", "docs/reference/rules.md");
}
