using Garam.Expressions;
using Garam.Platform.Detection;

namespace Garam.Packs.Fire.Risk;

/// <summary>One device's readings of the last hour, and the risk of the next one. Values are in the order of <see cref="FireDerivation"/>.</summary>
internal sealed class FireDerivationState : IDerivationState
{
    private const double HighRisk = 0.7;

    private readonly RiskHistory _history = new();
    private long _newestUs = long.MinValue;
    private int _streak;

    public void Remember(long timeUs, ReadOnlySpan<Value> inputs, ReadOnlySpan<Value> outputs)
    {
        var reading = ReadingOf(inputs);
        _history.Add(timeUs, reading.BoardTemperature, reading.Arcs, RiskIndicators.Of(reading).Total);
        CountStreak(timeUs, FireRisk.Of(reading, _history.ModifierAt(timeUs)).Score);
    }

    public void Derive(long timeUs, ReadOnlySpan<Value> inputs, Span<Value> outputs)
    {
        var reading = ReadingOf(inputs);
        var indicators = RiskIndicators.Of(reading);
        // The document stores a reading before it looks at the hour, so the reading is part of its own past.
        _history.Add(timeUs, reading.BoardTemperature, reading.Arcs, indicators.Total);
        var modifier = _history.ModifierAt(timeUs);
        var risk = FireRisk.Of(reading, modifier);
        CountStreak(timeUs, risk.Score);

        var next = 0;
        outputs[next++] = Value.Of(reading.Temperature);
        outputs[next++] = Value.Of(indicators.Temperature);
        outputs[next++] = Value.Of(indicators.Electrical);
        outputs[next++] = Value.Of(indicators.Gas);
        outputs[next++] = Value.Of(indicators.Total);
        outputs[next++] = Value.Of(indicators.TemperatureRisk);
        outputs[next++] = reading.HasStatus ? Value.Of((double)reading.AlarmCount) : default;
        outputs[next++] = Value.Of(risk.Rules);
        outputs[next++] = Value.Of(risk.Status);
        outputs[next++] = Value.Of(risk.Patterns);
        outputs[next++] = Value.Of(modifier);
        outputs[next++] = Value.Of(risk.Score);
        outputs[next++] = Value.Of(risk.Confidence);
        outputs[next++] = Value.Of(risk.Level);
        outputs[next++] = risk.Level is null ? default : Value.Of((double)_streak);
        outputs[next++] = reading is { HasStatus: true, VerifyStatus: >= 0 } ? Value.Of(reading.VerifyStatus != reading.Status) : default;
        outputs[next] = Value.Of((double)reading.MissingInputs);
    }

    private void CountStreak(long timeUs, double risk)
    {
        if (timeUs <= _newestUs)
            return;
        _newestUs = timeUs;
        _streak = risk > HighRisk ? _streak + 1 : 0;
    }

    private static FireReading ReadingOf(ReadOnlySpan<Value> inputs) => new()
    {
        Status = BitsOf(inputs[0]),
        VerifyStatus = BitsOf(inputs[1]),
        Voltage = inputs[2].Number,
        VoltageLow = inputs[3].Number,
        Current = inputs[4].Number,
        Leakage = inputs[5].Number,
        ResistiveLeakage = inputs[6].Number,
        Power = inputs[7].Number,
        BoardTemperature = inputs[8].Number,
        SensorTemperature = inputs[9].Number,
        CarbonMonoxide = inputs[10].Number,
        Voc = inputs[11].Number,
        PowerFactor = inputs[12].Number,
        Arcs = inputs[13].Number,
    };

    /// <summary>A negative status is none the device can have meant.</summary>
    private static long BitsOf(Value value) => value.Number >= 0 ? (long)value.Number : -1;
}
