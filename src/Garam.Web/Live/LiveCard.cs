using Garam.Platform.Identity;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>
/// A card on an open page. It is looked at rather than told: comparing a device's newest values costs a microsecond, the pipeline nothing,
/// and no reading can be missed.
/// </summary>
internal sealed class LiveCard(string deviceId, AccessScope scope, FleetView fleet, Readings readings, CardDeck deck, TimeProvider time) : ILivePart
{
    /// <summary>The bars are averages of a minute; so often the last of them may grow.</summary>
    private static readonly TimeSpan BarsEvery = TimeSpan.FromSeconds(10);

    private FleetDevice? _former;
    private int _formerValues;
    private long _barsAt;

    public void Look(List<RenderFragment> changed)
    {
        if (fleet.Find(scope, deviceId) is not { } device)
            return;
        var values = readings.Fingerprint(device);
        if (_former is null || _former.Condition != device.Condition || _former.Alarm?.Id != device.Alarm?.Id || !ReferenceEquals(_former.Device, device.Device))
        {
            // The page may be older than the stream: the first look sends the card whole.
            changed.Add(LivePart.Of<CardFace>((nameof(CardFace.Card), deck.Card(device, values))));
            _barsAt = time.GetTimestamp();
        }
        else if (values != _formerValues)
        {
            var card = deck.Card(device, values);
            changed.Add(LivePart.Of<CardReading>((nameof(CardReading.Card), card)));
            if (card.Main is not null && time.GetElapsedTime(_barsAt) >= BarsEvery)
            {
                changed.Add(LivePart.Of<CardBars>((nameof(CardBars.Card), card)));
                _barsAt = time.GetTimestamp();
            }
        }

        _former = device;
        _formerValues = values;
    }
}
