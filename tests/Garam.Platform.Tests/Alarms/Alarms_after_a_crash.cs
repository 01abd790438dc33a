using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Alarms;

/// <summary>After a crash the log behind the checkpoint is read again, and with it every signal that it had caused.</summary>
public sealed class Alarms_after_a_crash
{
    private const int Signals = 48;

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 100)]
    [InlineData(3, 4)]
    [InlineData(4, 3)]
    public async Task Signals_that_come_again_from_an_earlier_point_change_nothing(int seed, int flapRaises)
    {
        var random = new Random(seed);
        var signals = Sequence(random);
        await using var whole = new AlarmBed(o => o.FlapRaises = flapRaises);
        await whole.TakeAsync(signals);
        var expected = whole.State();

        for (var crash = 0; crash <= signals.Count; crash++)
        {
            await using var bed = new AlarmBed(o => o.FlapRaises = flapRaises);
            foreach (var signal in signals.Take(crash))
                await bed.Desk.AddAsync(signal);
            await bed.RestartAsync();
            var from = random.Next(crash + 1);
            await bed.TakeAsync(signals.Skip(from));
            bed.State().ShouldBe(expected, $"seed {seed}, crash after {crash}, again from {from}");
        }
    }

    /// <summary>Three devices whose condition comes and goes, in the order of the log.</summary>
    private static List<AlarmSignal> Sequence(Random random)
    {
        var signals = new List<AlarmSignal>();
        var counts = new long[3];
        for (var position = 1L; signals.Count < Signals; position++)
        {
            var device = random.Next(3);
            var name = $"d{device}";
            if (counts[device] == 0)
            {
                signals.Add(AlarmBed.Raise(position, name, value: 60 + random.Next(20)));
                counts[device] = 1;
            }
            else if (random.Next(3) == 0)
            {
                signals.Add(AlarmBed.Clear(position, name, counts[device], 60 + random.Next(20)));
                counts[device] = 0;
            }
            else
            {
                signals.Add(AlarmBed.Progress(position, ++counts[device], 60 + random.Next(20), name));
            }
        }

        return signals;
    }
}
