using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Garam.Expressions;
using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>An alarm as it was when people were told, kept in the outbox as JSON: what is sent hours later still says what happened.</summary>
internal static class AlarmSnapshot
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new ValueConverter() },
    };

    public static string Write(Alarm alarm) => JsonSerializer.Serialize(alarm, Options);

    /// <exception cref="JsonException">The text is no alarm.</exception>
    public static Alarm Read(string json) => JsonSerializer.Deserialize<Alarm>(json, Options) ?? throw new JsonException("null is no alarm");

    private sealed class ValueConverter : JsonConverter<Value>
    {
        public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number => Value.Of(reader.GetDouble()),
            JsonTokenType.True => Value.Of(true),
            JsonTokenType.False => Value.Of(false),
            JsonTokenType.String => Value.Of(reader.GetString()),
            _ => Value.Missing,
        };

        public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
        {
            switch (value.Kind)
            {
                case ValueKind.Number:
                    writer.WriteNumberValue(value.Number);
                    break;
                case ValueKind.Boolean:
                    writer.WriteBooleanValue(value.IsTrue);
                    break;
                case ValueKind.Missing:
                    writer.WriteNullValue();
                    break;
                default:
                    writer.WriteStringValue(value.ToString());
                    break;
            }
        }

        public override bool HandleNull => true;
    }
}
