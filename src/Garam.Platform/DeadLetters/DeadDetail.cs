namespace Garam.Platform.DeadLetters;

/// <summary>
/// What is said of a dead letter beside its <see cref="DeadReason"/>, as composite formats; the decoder's own texts are in
/// <see cref="Decoding.DecodeErrorText"/>. Letters keep the finished English text, and a page in another language knows it again by these.
/// </summary>
public static class DeadDetail
{
    /// <summary><c>{0}</c> is the device's id, <c>{1}</c> what is wrong with it, one of <see cref="Devices.DeviceId"/>'s texts.</summary>
    public const string InvalidDevice = "'{0}': {1}";

    public const string ClosedRegistration = "nobody registered '{0}', and registration is closed: PUT /api/v1/devices/{0}";

    public const string NoProductNamed = "nobody registered '{0}', and neither the route nor the message names a product: PUT /api/v1/devices/{0}";

    public const string NoPackForRoute = "no pack describes the product '{0}' that the route names";

    public const string NoPack = "no pack describes the product '{0}'";

    public const string NoProduct = "the device '{0}' has no product: PUT /api/v1/devices/{0} with productId";

    public const string RegistryFull = "the registry holds as many devices as registration.devices_max allows";

    public const string StoreFull = "the telemetry store keeps no more devices";

    public const string TooManyMetrics = "the device has as many metrics as the store keeps for one";

    /// <summary><c>{0}</c> is the reading's time, <c>{1}</c> when it was received, both ISO 8601 in UTC.</summary>
    public const string OutsideWindow = "the reading says {0}; it came at {1}";

    /// <summary><c>{0}</c> is the reading's time, ISO 8601 in UTC.</summary>
    public const string NotKept = "the reading is of {0}; readings of that time are not kept any more";

    public const string NoStatus = "the status message holds no status: send a word, or JSON with `status`";

    public const string UnknownLayout = "the log holds a record of a layout that this version does not know";

    /// <summary><c>{0}</c> is how many.</summary>
    public const string Lost = "{0} records of the log from here on are unreadable: the disk has damaged their segment";

    /// <summary>Every one, those with more fixed words before those with fewer.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ClosedRegistration, NoProductNamed, NoPackForRoute, NoPack, NoProduct, RegistryFull, StoreFull, TooManyMetrics, OutsideWindow, NotKept, NoStatus,
        UnknownLayout, Lost, InvalidDevice,
    ];

    internal static string Text(string format, params ReadOnlySpan<object?> values) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, format, values);
}
