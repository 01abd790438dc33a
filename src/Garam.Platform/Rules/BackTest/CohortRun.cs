using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.TimeSeries;

namespace Garam.Platform.Rules.BackTest;

/// <summary>
/// Runs one plan over the past of one cohort: readings of all its devices in order of time, first those before the range, without a word, so
/// that windows are full and conditions known when it begins. Owned by one thread.
/// </summary>
internal sealed class CohortRun : IDisposable
{
    /// <summary>Samples held at once, 16 bytes each: chunks of time are chosen so that a cohort stays about there.</summary>
    private const long SamplesWanted = 2_000_000;

    private const long ChunkMinUs = 60_000_000;
    private const long ChunkMaxUs = 31L * 86_400_000_000;

    /// <summary>What the first chunk supposes: a sample a second of every metric.</summary>
    private const long SamplesPerSeriesAndSecond = 1;

    /// <summary>Readings between two looks at whether somebody still wants the answer.</summary>
    private const int ReadingsPerLook = 4_096;

    private readonly DetectionPlan _plan;
    private readonly AlarmWriter _alarms;
    private readonly BackTestRecorder _recorder;
    private readonly List<Member> _members = [];
    private readonly PriorityQueue<Member, long> _order = new();
    private readonly DetectionFrame _frame = new();
    private int _readings;

    public CohortRun(
        DetectionPlan plan, RaiseComposer composer, BackTestRecorder recorder, IReadOnlyList<Device> devices, DeviceRegistry registry, TimeSeriesStore store)
    {
        _plan = plan;
        _alarms = new AlarmWriter(composer);
        _recorder = recorder;
        foreach (var device in devices)
        {
            if (store.FindGroup(device.Id.Value) is not { } group)
                continue;
            var detection = new DeviceDetection(plan, DeviceFacts.Of(device, registry), store, group, _ => null, null);
            _members.Add(new Member(detection, new PastReadings(store, group, detection.Series())));
        }
    }

    /// <summary>Readings taken, those before the range included.</summary>
    public long Readings { get; private set; }

    /// <param name="warmUs">Where the readings before the range begin.</param>
    /// <param name="progress">Told how far each chunk has brought it, in microseconds of the range from <paramref name="warmUs"/>.</param>
    public void Run(long warmUs, long fromUs, long toUs, Action<long> progress, CancellationToken cancellation)
    {
        if (_members.Count == 0)
            return;
        var chunkUs = Math.Clamp(SamplesWanted / (_members.Count * (long)Math.Max(1, _plan.Names.Length) * SamplesPerSeriesAndSecond) * 1_000_000, ChunkMinUs, ChunkMaxUs);
        for (var atUs = warmUs; atUs < toUs;)
        {
            // A chunk lies on one side of the beginning of the range.
            var endUs = Math.Min(atUs < fromUs ? fromUs : toUs, atUs + chunkUs);
            var samples = RunChunk(atUs, endUs, isSilent: endUs <= fromUs, cancellation);
            progress(endUs - atUs);
            chunkUs = Math.Clamp((long)((endUs - atUs) * Math.Clamp((double)SamplesWanted / Math.Max(1, samples), 0.1, 10)), ChunkMinUs, ChunkMaxUs);
            atUs = endUs;
        }

        foreach (var member in _members)
        {
            if (member.SeenUs > 0)
                member.Detection.Tick(toUs, member.SeenUs, _frame, _alarms);
            member.Detection.Report(_alarms, toUs);
        }

        _recorder.Take(_alarms.Signals);
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Readings.Dispose();
    }

    private long RunChunk(long fromUs, long toUs, bool isSilent, CancellationToken cancellation)
    {
        var samples = 0L;
        foreach (var member in _members)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!member.Readings.TryLoad(fromUs, toUs))
                throw new BackTestLimitException($"'{member.Detection.Facts.DeviceId}' has too many readings in one piece of the range; choose a shorter range.");
            samples += member.Readings.Samples;
            if (member.Readings.NextUs < long.MaxValue)
                _order.Enqueue(member, member.Readings.NextUs);
        }

        while (_order.TryPeek(out var next, out var timeUs))
        {
            Judge(next, timeUs, isSilent);
            if (next.Readings.NextUs < long.MaxValue)
                _order.DequeueEnqueue(next, next.Readings.NextUs);
            else
                _order.Dequeue();
            if (++_readings % ReadingsPerLook == 0)
                cancellation.ThrowIfCancellationRequested();
        }

        return samples;
    }

    private void Judge(Member member, long timeUs, bool isSilent)
    {
        var detection = member.Detection;
        var at = new Occasion(timeUs, -1, timeUs);
        if (!isSilent && detection.HasTimers && member.SeenUs > 0)
            detection.Tick(timeUs, member.SeenUs, _frame, _alarms);
        member.SeenUs = timeUs;
        detection.Begin(_frame);
        member.Readings.Take(_frame);
        if (isSilent)
            detection.Recall(at, _frame);
        else
            detection.Judge(at, _frame, _alarms);
        Readings++;
        if (_alarms.Signals.Count > 0)
            _recorder.Take(_alarms.Signals);
    }

    private sealed class Member(DeviceDetection detection, PastReadings readings)
    {
        public DeviceDetection Detection { get; } = detection;

        public PastReadings Readings { get; } = readings;

        /// <summary>Time of its newest reading; 0 before the first.</summary>
        public long SeenUs { get; set; }
    }
}
