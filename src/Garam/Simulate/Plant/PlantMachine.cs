namespace Garam.Simulate.Plant;

/// <summary>A kind of machine and its tags.</summary>
internal sealed record PlantMachine(string Name, IReadOnlyList<PlantTag> Tags)
{
    /// <summary>The kinds of a line, in the order in which a plant gets them.</summary>
    public static IReadOnlyList<PlantMachine> All { get; } =
    [
        new("PUMP",
        [
            new("PRESS", "bar", 6.2, 0.6, 0.08, 2),
            new("TEMP", "°C", 58, 0.5, 0.2, 1),
            new("FLOW", "m3/h", 42, 0.9, 0.3, 1),
            new("VIB", "mm/s", 2.4, 0.5, 0.12, 2),
        ]),
        new("FAN",
        [
            new("SPEED", "rpm", 1460, 0.3, 4, 0),
            new("TEMP", "°C", 44, 0.4, 0.2, 1),
            new("VIB", "mm/s", 1.8, 0.4, 0.1, 2),
        ]),
        new("CONVEYOR",
        [
            new("SPEED", "m/s", 1.2, 0.2, 0.01, 2),
            new("LOAD", "kg", 310, 0.9, 6, 0),
            new("CURRENT", "A", 8.6, 0.7, 0.1, 2),
        ]),
    ];
}
