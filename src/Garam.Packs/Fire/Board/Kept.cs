namespace Garam.Packs.Fire.Board;

/// <summary>
/// Something computed on demand and kept for a while: at least as long as told, and longer when it was dear, so that looking never takes more
/// than a twentieth of a core. Used under its owner's lock.
/// </summary>
internal sealed class Kept<T>(TimeSpan atLeast, TimeProvider time)
    where T : class
{
    private const int Share = 20;

    private T? _value;
    private long _madeAt;
    private TimeSpan _until;

    /// <param name="make">Gets what was kept before; null the first time.</param>
    public T Get(Func<T?, T> make)
    {
        var begin = time.GetTimestamp();
        if (_value is not null && time.GetElapsedTime(_madeAt, begin) < _until)
            return _value;
        _value = make(_value);
        _madeAt = begin;
        var dear = time.GetElapsedTime(begin) * Share;
        _until = dear > atLeast ? dear : atLeast;
        return _value;
    }
}
