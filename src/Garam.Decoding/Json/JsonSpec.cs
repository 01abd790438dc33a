using Garam.Decoding.Specs;
using Garam.Expressions.Sql;

namespace Garam.Decoding.Json;

/// <summary>How JSON messages become readings.</summary>
/// <param name="Mappings">Values with a place and a name.</param>
/// <param name="Named">Values whose name stands in the message.</param>
/// <param name="Each">The list whose elements are readings; null: the message is one (or, being a list, its elements are).</param>
/// <param name="Ignored">Paths that an open message must not make metrics of.</param>
/// <param name="Open">Whether everything not mapped becomes a metric under its dotted path.</param>
/// <param name="Select">The SELECT form; null when the spec maps by name.</param>
internal sealed record JsonSpec(
    IReadOnlyList<JsonMapping> Mappings,
    IReadOnlyList<NamedMapping> Named,
    JsonPath? Each,
    IReadOnlyList<JsonPath> Ignored,
    bool Open,
    SelectStatement? Select) : LayoutSpec
{
    /// <summary>Where the SELECT stands in the file.</summary>
    public int SelectLine { get; init; }

    public int SelectColumn { get; init; }
}
