using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Garam.Platform.Identity.Users;

/// <summary>Hashes passwords with the framework's hasher: PBKDF2 with HMAC-SHA512, a random salt each.</summary>
/// <remarks>
/// A hash takes a core for some tens of milliseconds, so few run at once, and whoever would wait behind many is sent away: signing in must
/// not take the processor from the readings.
/// </remarks>
public sealed class Passwords : IDisposable
{
    /// <summary>As OWASP recommends for PBKDF2 with HMAC-SHA512.</summary>
    private const int Iterations = 210_000;

    private const int WaitingMax = 64;

    private readonly PasswordHasher<User> _hasher;
    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string _nobodys;
    private int _waiting;

    internal Passwords(int iterations = Iterations)
    {
        _hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodys = Hash(UserDirectory.NewStamp());
    }

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Compares in the same time whether the user exists or not.</summary>
    /// <param name="user">Null: nobody has this name, and the answer is no.</param>
    /// <returns>Null when too many are waiting already.</returns>
    internal async Task<PasswordVerificationResult?> VerifyAsync(User? user, string password, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _cores.WaitAsync(cancellation);
            try
            {
                var result = await Task.Run(() => _hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? _nobodys, password), CancellationToken.None);
                return user is null ? PasswordVerificationResult.Failed : result;
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _cores.Dispose();
}
