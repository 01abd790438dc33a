using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Garam.Platform.Identity.Tokens;

namespace Garam.Platform.Tests.Identity;

/// <summary>The compact form of RFC 7515, its own examples, and what attackers send instead.</summary>
public sealed class Json_web_signatures
{
    /// <summary>RFC 7515, A.1.</summary>
    private const string HmacKey = """{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";
    private const string HmacToken =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// <summary>RFC 7515, A.3.</summary>
    private const string CurveKey =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";
    private const string CurveToken =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// <summary>RFC 7515, A.5.</summary>
    private const string UnsecuredToken =
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";

    private const string Payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";

    private const string Claims = """{"sub":"anna"}""";

    [Theory]
    [InlineData(HmacKey, HmacToken)]
    [InlineData(CurveKey, CurveToken)]
    public void The_examples_of_the_standard_are_read(string jwk, string token)
    {
        using var key = SigningKey.FromJwk(jwk)!;

        JsonWebSignature.TryRead(token, key, out var payload).ShouldBeTrue();
        Encoding.UTF8.GetString(payload).ShouldBe(Payload);
    }

    [Fact]
    public void The_signature_of_the_standards_HS256_example_comes_out_the_same()
    {
        using var key = SigningKey.FromJwk(HmacKey)!;
        var signed = HmacToken[..HmacToken.LastIndexOf('.')];

        Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed))).ShouldBe(HmacToken[(signed.Length + 1)..]);
    }

    [Theory]
    [InlineData(JwtAlgorithm.Hs256)]
    [InlineData(JwtAlgorithm.Es256)]
    public void What_a_key_writes_it_reads_after_it_was_kept_in_a_file_and_another_key_does_not(JwtAlgorithm algorithm)
    {
        using var key = SigningKey.New(algorithm);
        using var kept = SigningKey.FromJwk(key.ToJwk())!;
        using var other = SigningKey.New(algorithm);
        var token = JsonWebSignature.Write(Encoding.UTF8.GetBytes(Claims), key);

        JsonWebSignature.TryRead(token, kept, out var payload).ShouldBeTrue();
        Encoding.UTF8.GetString(payload).ShouldBe(Claims);
        JsonWebSignature.TryRead(token, other, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(HmacKey)]
    [InlineData(CurveKey)]
    public void A_token_that_says_it_needs_no_signature_is_refused(string jwk)
    {
        using var key = SigningKey.FromJwk(jwk)!;

        JsonWebSignature.TryRead(UnsecuredToken, key, out _).ShouldBeFalse();
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
            JsonWebSignature.TryRead(Forged($$"""{"alg":"{{none}}"}""", []), key, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_public_key_is_not_taken_as_the_secret_of_the_other_algorithm()
    {
        using var key = SigningKey.FromJwk(CurveKey)!;
        var publicKey = JsonSerializer.SerializeToUtf8Bytes(key.PublicJwk());
        var header = """{"alg":"HS256","kid":""}""";
        var signed = Encoding.ASCII.GetBytes($"{Part(header)}.{Part(Claims)}");

        JsonWebSignature.TryRead(Forged(header, HMACSHA256.HashData(publicKey, signed)), key, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","kid":"other"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":1}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""not json""")]
    [InlineData("""{"alg":"HS256","a":{"b":{"c":{"d":{}}}}}""")]
    public void A_header_that_is_not_plainly_the_keys_is_refused_even_when_rightly_signed(string header)
    {
        using var key = SigningKey.FromJwk(HmacKey)!;
        var signed = Encoding.ASCII.GetBytes($"{Part(header)}.{Part(Claims)}");

        JsonWebSignature.TryRead(Forged(header, key.Sign(signed)), key, out _).ShouldBeFalse();
        JsonWebSignature.TryRead(Forged("""{"alg":"HS256"}""", key.Sign(Encoding.ASCII.GetBytes($"{Part("""{"alg":"HS256"}""")}.{Part(Claims)}"))), key, out _).ShouldBeTrue();
    }

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        using var key = SigningKey.New(JwtAlgorithm.Hs256);
        var token = JsonWebSignature.Write(Encoding.UTF8.GetBytes(Claims), key);
        var signature = token.LastIndexOf('.');

        for (var i = 0; i < signature; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            JsonWebSignature.TryRead(new string(changed), key, out _).ShouldBeFalse($"character {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a b.c.d")]
    [InlineData("=.=.=")]
    public void What_has_not_three_parts_of_base64url_is_refused(string token)
    {
        using var key = SigningKey.New(JwtAlgorithm.Es256);

        JsonWebSignature.TryRead(token, key, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_that_is_too_long_is_refused_unread_even_when_rightly_signed()
    {
        using var key = SigningKey.New(JwtAlgorithm.Hs256);
        var token = JsonWebSignature.Write(new byte[JsonWebSignature.CharactersMax], key);

        JsonWebSignature.TryRead(token, key, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"oct","k":"*"}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}""")]
    public void A_file_that_holds_no_good_key_gives_none(string jwk) => SigningKey.FromJwk(jwk).ShouldBeNull();

    private static string Forged(string header, byte[] signature) => $"{Part(header)}.{Part(Claims)}.{Base64Url.EncodeToString(signature)}";

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
