using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Garam.Platform.Identity.Tokens;

/// <summary>
/// The compact form of RFC 7515: three parts in base64url, of which the third signs the first two. The algorithm is the key's; a header that
/// names another, or none, or asks for extensions (<c>crit</c>), is refused before anything is computed.
/// </summary>
internal static class JsonWebSignature
{
    /// <summary>Ours have about 400; what is longer is not looked at.</summary>
    public const int CharactersMax = 4_096;

    private const int DepthMax = 4;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string Write(ReadOnlySpan<byte> payload, SigningKey key)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = key.AlgorithmName, typ = "JWT", kid = key.Id });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The payload, when the key signed it.</summary>
    public static bool TryRead(string token, SigningKey key, out byte[] payload)
    {
        payload = [];
        if (token.Length > CharactersMax || token.AsSpan().ContainsAnyExcept(Alphabet))
            return false;
        var parts = token.Split('.');
        if (parts.Length != 3 || !TryDecode(parts[0], out var header) || !IsHeaderOf(header, key) || !TryDecode(parts[2], out var signature)
            || !key.Verify(Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length), signature))
        {
            return false;
        }

        return TryDecode(parts[1], out payload);
    }

    private static bool IsHeaderOf(byte[] header, SigningKey key)
    {
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = DepthMax });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String && algorithm.ValueEquals(key.AlgorithmName)
                && !root.TryGetProperty("crit", out _)
                && (!root.TryGetProperty("kid", out var id) || (id.ValueKind == JsonValueKind.String && id.ValueEquals(key.Id)));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (part.Length == 0 || !Base64Url.TryDecodeFromChars(part, bytes, out var length))
            return false;
        bytes = bytes[..length];
        return true;
    }
}
