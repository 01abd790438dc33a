using Garam.Log;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>The parts of the node that a replay reads and writes.</summary>
internal sealed record ReplaySources(
    DurableLog Log, Pipeline.Pipeline Pipeline, TimeSeriesStore Store, DeviceRegistry Registry, PackCatalog Packs, PackCode Code,
    DeadLetterStore Letters, DeadLetterWriter LetterWriter, PipelineOptions Options, TimeProvider Time);
