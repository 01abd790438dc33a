using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>A node of a spec file with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What a person would call it.</summary>
    public abstract Phrase Noun { get; }
}
