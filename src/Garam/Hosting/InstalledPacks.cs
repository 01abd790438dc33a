using Garam.Packs.Fire;
using Garam.Platform;

namespace Garam.Hosting;

/// <summary>The code of the packs that are built in: what their rules may name besides the metrics of specs.</summary>
internal static class InstalledPacks
{
    public static PackCode Code => FirePack.Code;
}
