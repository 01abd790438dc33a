using System.CommandLine;
using Garam;
using Garam.Bench;
using Garam.Commands;
using Garam.Commands.Rules;

var root = new RootCommand("Garam carries every reading from the sensor's wire to a decision, and the decision back to the device.")
{
    UpCommand.Create(),
    CheckCommand.Create(),
    DecodeCommand.Create(),
    QueryCommand.Create(),
    DeadCommand.Create(),
    ReplayCommand.Create(),
    AlarmsCommand.Create(),
    DeviceCommand.Create(),
    RulesCommand.Create(),
    UserCommand.Create(),
    TokenCommand.Create(),
    NotifyCommand.Create(),
    DoctorCommand.Create(),
    Garam.Simulate.SimulateCommand.Create(),
    BenchCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync();
    return ExitCode.Usage;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
