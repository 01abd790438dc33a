using System.Net;
using System.Net.Sockets;

namespace Garam.Platform.Identity.SignIn;

/// <summary>
/// How often passwords may be tried: few times for one user from one address, more for one address in all, and more for one user from
/// everywhere, so that a botnet is slowed without letting a stranger lock a user out from home.
/// </summary>
/// <remarks>
/// Thread-safe. Attempts are counted before the password is looked at, so that many at once gain nothing; success forgives. The table is
/// bounded: when it is full the windows that ended go, then those with the fewest attempts.
/// </remarks>
public sealed class AttemptLimits(TimeProvider time)
{
    public const int PerUserAndAddress = 5;
    public const int PerAddress = 30;
    public const int PerUser = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>About 100 bytes each.</summary>
    private const int EntriesMax = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? User, string? Address), Count> _counts = [];

    /// <summary>How many windows are kept, for tests of the bound.</summary>
    internal int Entries
    {
        get
        {
            lock (_lock)
                return _counts.Count;
        }
    }

    /// <summary>Counts an attempt; false when there were too many.</summary>
    /// <param name="retryAfter">When to come back.</param>
    public bool TryTake(string user, IPAddress? address, out TimeSpan retryAfter)
    {
        var from = Network(address);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            retryAfter = TimeSpan.Zero;
            foreach (var (key, most) in Keys(user, from))
            {
                if (_counts.TryGetValue(key, out var count) && count.Ends > now && count.Attempts >= most && count.Ends - now > retryAfter)
                    retryAfter = count.Ends - now;
            }

            if (retryAfter > TimeSpan.Zero)
                return false;
            foreach (var (key, _) in Keys(user, from))
                Add(key, now);
            return true;
        }
    }

    /// <summary>The password was right: this user's attempts from this address are forgotten, and one of each other count.</summary>
    public void Forgive(string user, IPAddress? address)
    {
        var from = Network(address);
        lock (_lock)
        {
            _counts.Remove((user, from));
            foreach (var key in new[] { (null, from), (user, (string?)null) })
            {
                if (_counts.TryGetValue(key, out var count))
                    _counts[key] = count with { Attempts = Math.Max(0, count.Attempts - 1) };
            }
        }
    }

    private static ((string? User, string? Address) Key, int Most)[] Keys(string user, string from) =>
        [((user, from), PerUserAndAddress), ((null, from), PerAddress), ((user, null), PerUser)];

    private void Add((string? User, string? Address) key, DateTimeOffset now)
    {
        if (_counts.TryGetValue(key, out var count) && count.Ends > now)
        {
            _counts[key] = count with { Attempts = count.Attempts + 1 };
            return;
        }

        if (_counts.Count >= EntriesMax && count.Attempts == 0)
            MakeRoom(now);
        _counts[key] = new Count(1, now + Window);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, _) in _counts.Where(c => c.Value.Ends <= now).ToList())
            _counts.Remove(key);
        if (_counts.Count < EntriesMax)
            return;
        // Addresses and users under attack have high counts and stay; a tenth goes, so that this is rare.
        foreach (var (key, _) in _counts.OrderBy(c => c.Value.Attempts).ThenBy(c => c.Value.Ends).Take(EntriesMax / 10).ToList())
            _counts.Remove(key);
    }

    /// <summary>One subscriber of IPv6 has a /64 to choose addresses from.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private readonly record struct Count(int Attempts, DateTimeOffset Ends);
}
