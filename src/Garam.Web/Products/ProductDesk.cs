using System.Security.Cryptography;
using System.Text;
using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Platform;
using Garam.Platform.Packs;
using Garam.Web.Editing;
using Garam.Web.Visits;

namespace Garam.Web.Products;

/// <summary>What the product page knows of a text: whether it is right, what it means, what it would do to the rulesets in force.</summary>
internal sealed class ProductDesk(GaramNode node, Visit visit)
{
    /// <summary>A new product begins with this; it is right as it stands.</summary>
    public const string Starter = """
        # What a device of this product sends, and what the bytes mean.
        product_type: my-sensor
        title: {en: My sensor, ko: 내 센서}
        format: hex_binary
        parsing_type: length_based
        conversion:
          - {field: temperature, offset: 0, length: 2, type: int16, scale: 0.1, unit: celsius, valid: {min: -40, max: 125}}
          - {field: humidity, offset: 2, length: 1, type: uint8, unit: percent, valid: {min: 0, max: 100}}

        """;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <summary>The page of a saved product as it is, or of a new one.</summary>
    public ProductDraft Open(Product? saved) => Judge(new ProductDraft(saved, saved?.Text ?? Starter, saved is null ? "" : HashOf(saved.Text))) with { Checked = null };

    /// <summary>The same page with what a person made of its text.</summary>
    public ProductDraft Judge(ProductDraft draft)
    {
        var id = draft.Saved?.Id ?? IdIn(draft.Text);
        var result = PackCatalog.CheckProduct(id, draft.Text);
        if (result.Spec is not { } spec)
            return draft with { Checked = new CheckedText(result.Problems, [], "") };
        var decoder = ProductDecoder.Compile(spec);
        var product = new Product(id, PackFolder.Local, spec.File, draft.Text, spec, decoder);
        return draft with
        {
            Spec = spec,
            Metrics = [.. decoder.Metrics],
            Misfits = node.Rulesets.Misfits(product),
            Derived = [.. node.Code.Derivations.Where(d => d.ProductId == id).SelectMany(d => d.Outputs)],
            Checked = new CheckedText([], [], visit["product.right", decoder.Metrics.Count]),
        };
    }

    /// <summary>What follows <c>product_type:</c>; what stands in for it when nothing does lets the parser say so with its place.</summary>
    public static string IdIn(string text) => SpecParser.Parse(text, "spec.yaml").Spec?.Id ?? "new";
}
