namespace Garam.Decoding.Specs;

/// <summary>A checked product spec, ready to be compiled by <see cref="ProductDecoder.Compile"/>. Immutable.</summary>
public sealed class ProductSpec
{
    internal ProductSpec(string id, string file, SpecFormat format, IReadOnlyList<VariantSpec> variants)
    {
        Id = id;
        File = file;
        Format = format;
        Variants = variants;
    }

    /// <summary>The product's id (<c>product_type</c>).</summary>
    public string Id { get; }

    /// <summary>The file it was read from, as given to the parser.</summary>
    public string File { get; }

    /// <summary>What its payloads are.</summary>
    public SpecFormat Format { get; }

    /// <summary>Rises when the spec's meaning changes; 1 when the file names none.</summary>
    public int Version { get; internal init; } = 1;

    /// <summary>Titles by language (<c>en</c>, <c>ko</c>); a plain title stands under <c>en</c>.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The maker, null when the file names none.</summary>
    public string? Vendor { get; internal init; }

    /// <summary>How often a device of the product reports; null when the file does not say.</summary>
    public TimeSpan? ExpectedPeriod { get; internal init; }

    /// <summary>Device models with overrides.</summary>
    public IReadOnlyCollection<string> ModelNames => [.. Models.Keys];

    internal IReadOnlyList<VariantSpec> Variants { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<VariantSpec>> Models { get; init; } = new Dictionary<string, IReadOnlyList<VariantSpec>>();

    internal ContractSpec Contract { get; init; } = new([], Rejects: false);
}
