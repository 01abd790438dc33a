using Garam.Expressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Garam.Decoding.Yaml;

/// <summary>YAML that is well-formed and not taken, with what to do about it. Never leaves <see cref="YamlFile"/>.</summary>
internal sealed class YamlRefusedException(ParsingEvent at, Phrase message, Phrase remedy) : YamlException(at.Start, at.End, message.ToString())
{
    public Phrase Said { get; } = message;

    public Phrase Remedy { get; } = remedy;
}
