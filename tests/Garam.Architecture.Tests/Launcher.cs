namespace Garam.Architecture;

public sealed class Launcher
{
    public static TheoryData<string> Scripts => ["garam", ".ci/run", .. Repository.Under("eng", ".sh")];

    [Theory]
    [InlineData("garam")]
    [InlineData(".ci/run")]
    public void What_a_newcomer_runs_can_be_run(string path)
    {
        Repository.Read(path).ShouldStartWith("#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(Repository.Root, path)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_read_by_a_plain_shell(string path) => PlainShell.Errors(Repository.Read(path)).ShouldBeEmpty();
}
