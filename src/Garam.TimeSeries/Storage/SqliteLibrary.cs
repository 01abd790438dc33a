using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Garam.TimeSeries.Storage;

/// <summary>
/// Chooses the native SQLite of this process, once: the system's library when it is newer than the bundled 3.35.5 and
/// built thread-safe, else the bundled one. Every user of <c>SQLitePCLRaw.provider.e_sqlite3</c> in the process gets the same.
/// </summary>
public static class SqliteLibrary
{
    private const string BundledName = "e_sqlite3";
    private const int BundledVersion = 3_035_005;

    private static readonly Lock Gate = new();
    private static bool prepared;

    /// <summary>Version of the library in use, for example <c>3.40.1</c>.</summary>
    public static string Version
    {
        get
        {
            Prepare();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    /// <summary>Idempotent. Call it before the first use of SQLite by anything else in the process.</summary>
    public static void Prepare()
    {
        lock (Gate)
        {
            if (prepared) return;
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // The host has installed its own resolver: its choice stands.
            }

            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            prepared = true;
        }
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != BundledName) return IntPtr.Zero;
        var system = OperatingSystem.IsLinux() ? "libsqlite3.so.0" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : null;
        if (system is null || !NativeLibrary.TryLoad(system, out var library)) return IntPtr.Zero;
        if (IsNewerAndThreadSafe(library)) return library;
        NativeLibrary.Free(library);
        return IntPtr.Zero;
    }

    private static unsafe bool IsNewerAndThreadSafe(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
        && NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadSafe)
        && ((delegate* unmanaged<int>)version)() > BundledVersion
        && ((delegate* unmanaged<int>)threadSafe)() != 0;
}
