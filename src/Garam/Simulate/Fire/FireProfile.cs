namespace Garam.Simulate.Fire;

/// <summary>What goes wrong at the fire detectors that a profile concerns.</summary>
internal enum FireProfile
{
    /// <summary>Nothing: loads follow the day.</summary>
    Normal,

    /// <summary>A loose contact heats board and sensor beyond 60 °C.</summary>
    Overheating,

    /// <summary>Arcs in bursts, with current spikes and voltage dips.</summary>
    Arcing,

    /// <summary>Insulation fails: leakage beyond 8 mA, most of it resistive.</summary>
    Leakage,

    /// <summary>Smouldering: carbon monoxide beyond 17 ppm and VOC beyond 400 µg/m³.</summary>
    Gas,

    /// <summary>The gas sensor answers no more: messages come without its measurements.</summary>
    Dropout,

    /// <summary>All detectors of one site heat up, spark and smoke together.</summary>
    Cluster,

    /// <summary>The device reports a failed link to its sensors (status from 4096), then falls silent for six minutes.</summary>
    CommLoss,

    /// <summary>All of it at one site, again and again: what a newcomer is shown.</summary>
    Story,
}
