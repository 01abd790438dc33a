using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garam.Expressions;

/// <summary>A phrase in JSON is its English text; it is only written.</summary>
internal sealed class PhraseAsText : JsonConverter<Phrase>
{
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A phrase is not read: its parts are gone.");

    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
