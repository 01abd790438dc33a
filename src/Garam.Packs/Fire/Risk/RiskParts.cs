namespace Garam.Packs.Fire.Risk;

/// <summary>The three parts of the document's 2.1: by rules on the measurements, by the status bits, by patterns between sensors.</summary>
internal static class RiskParts
{
    /// <summary>The alarms' weights by bit, and in the order in which the document adds them.</summary>
    private static ReadOnlySpan<double> AlarmWeights => [0.1, 0.15, 0.2, 0.25, 0.2, 0.1, 0.3, 0.3, 0.2, 0.15, 0.05, 0.25];

    /// <summary><c>rule_based_analysis</c>, 0 to 1; NaN when nothing was measured.</summary>
    public static double ByRules(in FireReading reading)
    {
        // 13 with the status, which has no part in this one.
        if (reading.MissingInputs - (reading.HasStatus ? 0 : 1) == 12)
            return double.NaN;
        var score = reading.Temperature switch
        {
            > 60 => 0.4,
            > 50 => 0.3,
            > 40 => 0.1,
            _ => 0.0,
        };
        if (reading.Voltage > 234 || reading.VoltageLow < 190)
            score += 0.15;
        if (reading.Current > 100)
            score += 0.2;
        if (reading.Leakage > 8 || reading.ResistiveLeakage > 8)
            score += 0.25;
        if (reading.Arcs > 0)
            score += Math.Min(0.2, reading.Arcs * 0.02);
        if (reading.CarbonMonoxide > 17)
            score += 0.15;
        if (reading.Voc > 400)
            score += 0.1;
        if (reading.PowerFactor < 0.9)
            score += 0.05;
        return Math.Min(1.0, score);
    }

    /// <summary><c>analyze_status_bits</c>, 0 to 1: a failed link to the sensors is 0.8 whatever else is set; NaN without a status.</summary>
    public static double ByStatus(in FireReading reading)
    {
        if (!reading.HasStatus)
            return double.NaN;
        if (reading.IsCommunicationError)
            return 0.8;
        var score = 0.0;
        for (var bit = 0; bit < AlarmWeights.Length; bit++)
        {
            if ((reading.Status & (1L << bit)) != 0)
                score += AlarmWeights[bit];
        }

        var count = reading.AlarmCount;
        if (count > 2)
            score += 0.1 * (count - 2);
        return Math.Min(1.0, score);
    }

    /// <summary><c>analyze_sensor_patterns</c>, 0 to 1; NaN when no two sensors can be compared.</summary>
    /// <remarks>The power is compared as sent, in kilowatts, with volts times amperes, as the document does: docs/decisions/0005 says why.</remarks>
    public static double ByPatterns(in FireReading reading)
    {
        var difference = Math.Abs(reading.BoardTemperature - reading.SensorTemperature);
        var calculated = reading.Voltage * reading.Current * reading.PowerFactor;
        var deviation = Math.Abs(calculated - reading.Power);
        var resistance = reading.Voltage / reading.Current;
        if (double.IsNaN(difference) && double.IsNaN(deviation) && double.IsNaN(resistance))
            return double.NaN;

        var score = difference switch
        {
            > 20 => 0.15,
            > 10 => 0.05,
            _ => 0.0,
        };
        if (deviation > calculated * 0.2)
            score += 0.1;
        if (reading.Current > 0.1 && resistance is < 1 or > 1000)
            score += 0.1;
        return Math.Min(1.0, score);
    }
}
