using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Platform.Detection;
using Garam.Platform.Packs;
using Garam.Web.Editing;

namespace Garam.Web.Products;

/// <summary>A spec as the page shows it: the saved one, or what a person makes of it.</summary>
/// <param name="Saved">The product in force; null for one that is new.</param>
/// <param name="Text">What the editor holds.</param>
/// <param name="Seen">The hash of the saved text that the editor began with.</param>
public sealed record ProductDraft(Product? Saved, string Text, string Seen)
{
    /// <summary>What a check says of the text; null before the first.</summary>
    public CheckedText? Checked { get; init; }

    /// <summary>What the text means; null when it is wrong, and then the page keeps showing what it showed.</summary>
    public ProductSpec? Spec { get; init; }

    /// <summary>The metrics of the text.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>What the packs' code makes of its readings besides.</summary>
    public IReadOnlyList<DerivedMetric> Derived { get; init; } = [];

    /// <summary>Rulesets in force that the text would put out of force.</summary>
    public IReadOnlyList<(string Ruleset, IReadOnlyList<SpecProblem> Problems)> Misfits { get; init; } = [];

    /// <summary>What the payload form holds.</summary>
    public PayloadInput Payload { get; init; } = PayloadInput.Empty;

    /// <summary>What the payload became; null before it is tried.</summary>
    public PayloadTrialResult? Tried { get; init; }

    /// <summary>What has just happened: the end of a key <c>product.said.</c>; null when nothing has.</summary>
    public string? Said { get; init; }

    /// <summary>Whether leaving the page loses something; a new text counts once it has been sent.</summary>
    public bool IsUnsaved => Saved is null ? Checked is not null : Text != Saved.Text;

    /// <summary>Where its forms are sent.</summary>
    public string Address => Saved is null ? ProductPages.New : ProductPages.AddressOf(Saved.Id);
}
