using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Garam.Decoding.Yaml;

/// <summary>YAML that is well-formed and not taken, with what to do about it. Never leaves <see cref="YamlFile"/>.</summary>
internal sealed class YamlRefusedException(ParsingEvent at, string message, string remedy) : YamlException(at.Start, at.End, message)
{
    public string Remedy { get; } = remedy;
}
