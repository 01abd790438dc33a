using System.Text.Unicode;
using Garam.Decoding.Sql;
using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>Decodes JSON messages: one reading, or one for each element of a list.</summary>
internal sealed class JsonDecoder(JsonTree message, JsonTree? record, NamedPlan[] named, SelectPlan? select, int captures, ContractPlan contract) : LayoutDecoder
{
    public override DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        if (payload.StartsWith("\uFEFF"u8)) payload = payload[3..];
        if (!Utf8.IsValid(payload)) return new DecodeError(DecodeErrorCode.InvalidUtf8);
        var walk = new JsonMessage(payload, message, output);
        walk.SkipBlanks();
        if (captures > 0) output.Captures.Clear(captures);
        if (walk.Current == '[' && record is null)
        {
            ReadRecords(ref walk, message, 0, context, output);
        }
        else if (walk.Current == '{')
        {
            if (walk.ReadObject(message.Root, 0) && record is null) CloseReading(context, output, -1);
        }
        else
        {
            walk.Fail();
        }

        walk.SkipBlanks();
        if (!walk.AtEnd) walk.Fail();
        if (walk.Error.Code != DecodeErrorCode.None || record is null) return walk.Error;
        return ReadEach(payload, walk.ReadingsAt, context, output);
    }

    /// <summary>The message was walked through and is well-formed; what it says beside the list holds for every record.</summary>
    private DecodeError ReadEach(ReadOnlySpan<byte> payload, int at, in DecodeContext context, DecodeOutput output)
    {
        if (output.HasFault) return output.Fault;
        if (at < 0) return new DecodeError(DecodeErrorCode.NotFound, Subject: "each");
        output.KeepForEach();
        var walk = new JsonMessage(payload, record!, output);
        walk.MoveTo(at);
        ReadRecords(ref walk, record!, 1, context, output);
        return walk.Error;
    }

    private void ReadRecords(ref JsonMessage walk, JsonTree tree, int depth, in DecodeContext context, DecodeOutput output)
    {
        walk.MoveTo(walk.Position + 1);
        walk.SkipBlanks();
        if (walk.TryTake((byte)']')) return;
        for (var row = 0; ; row++)
        {
            if (record is not null) output.Inherit();
            if (walk.Current == '{')
            {
                if (!walk.ReadObject(tree.Root, depth)) return;
            }
            else
            {
                output.SetFault(DecodeErrorCode.WrongType, walk.Position, "record");
                if (!walk.SkipValue(depth)) return;
            }

            CloseReading(context, output, row);
            walk.SkipBlanks();
            if (walk.TryTake((byte)','))
            {
                walk.SkipBlanks();
                continue;
            }

            if (!walk.TryTake((byte)']')) walk.Fail();
            return;
        }
    }

    private void CloseReading(in DecodeContext context, DecodeOutput output, int row)
    {
        if (captures > 0)
        {
            foreach (var plan in named) plan.Write(output);
            if (select is not null && !select.Keeps(context, output))
            {
                output.FilterReading();
                output.Captures.Clear(captures);
                return;
            }
        }

        contract.Close(output, row);
        if (captures > 0) output.Captures.Clear(captures);
    }
}
