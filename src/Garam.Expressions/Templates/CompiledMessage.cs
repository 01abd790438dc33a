namespace Garam.Expressions.Templates;

/// <summary>
/// A message template bound to a scope. Immutable, safe to share between threads. What is missing is written as <c>–</c>; numbers
/// are written in the invariant culture, without a format with up to six decimals. A message is cut at
/// <see cref="ExpressionLimits.MessageLengthMax"/> characters.
/// </summary>
public sealed class CompiledMessage
{
    private const string Missing = "–";
    private const string WithoutFormat = "0.######";

    private readonly string _text;
    private readonly (string Text, CompiledExpression? Program, string Format)[] _parts;

    internal CompiledMessage(string text, List<TemplatePart> parts, List<CompiledExpression?> programs)
    {
        _text = text;
        _parts = [.. parts.Zip(programs, (part, program) => (part.Text, program, part.Format.Length == 0 ? WithoutFormat : part.Format))];
    }

    /// <summary>Renders into a span, without allocating.</summary>
    /// <returns>False when the span is too short; it then holds the beginning.</returns>
    public bool TryRender(in EvaluationFrame frame, Span<char> destination, out int written)
    {
        written = 0;
        foreach (var (text, program, format) in _parts)
        {
            if (!TryAppend(text, program, format, in frame, destination[written..], out var length))
            {
                written += length;
                return false;
            }

            written += length;
        }

        return true;
    }

    /// <summary>Renders into a new string.</summary>
    public string Render(in EvaluationFrame frame)
    {
        Span<char> destination = stackalloc char[512];
        if (TryRender(in frame, destination, out var written))
            return destination[..written].ToString();
        destination = new char[ExpressionLimits.MessageLengthMax];
        TryRender(in frame, destination, out written);
        // Not between the halves of a surrogate pair.
        if (written > 0 && char.IsHighSurrogate(destination[written - 1]))
            written--;
        return destination[..written].ToString();
    }

    public override string ToString() => _text;

    private static bool TryAppend(
        string text, CompiledExpression? program, string format, in EvaluationFrame frame, Span<char> destination, out int written)
    {
        if (program is null)
            return TryCopy(text, destination, out written);
        var value = program.Evaluate(in frame);
        switch (value.Kind)
        {
            case ValueKind.Number:
                return value.Number.TryFormat(destination, out written, format, NumberFormat.Culture);
            case ValueKind.Duration:
                return destination.TryWrite(NumberFormat.Culture, $"{value.Number}s", out written);
            case ValueKind.Boolean:
                return TryCopy(value.IsTrue ? "true" : "false", destination, out written);
            default:
                return TryCopy(value.Text ?? Missing, destination, out written);
        }
    }

    private static bool TryCopy(string text, Span<char> destination, out int written)
    {
        written = Math.Min(text.Length, destination.Length);
        text.AsSpan(0, written).CopyTo(destination);
        return written == text.Length;
    }
}
