using Garam.Decoding.Specs;

namespace Garam.Decoding.Values;

/// <summary>Closes readings: checks what the contract asks, and flags or rejects.</summary>
internal sealed class ContractPlan(ContractSpec spec, MetricTable table)
{
    private RequiredMetric[] _required = [];

    /// <summary>Looks the required metrics up, once the layouts have declared theirs.</summary>
    public void Seal() => _required = [.. spec.Required.Select(name => new RequiredMetric(name, table))];

    /// <summary>Closes the open reading. A reading without values leaves nothing; that is no error here.</summary>
    public void Close(DecodeOutput output, int row)
    {
        if (!output.HasFault)
        {
            if (output.OpenValueCount == 0 && !output.HasViolations)
            {
                output.DiscardReading();
                return;
            }

            foreach (var required in _required)
                if (!required.IsIn(output)) output.AddViolation(required.Index);
            if (spec.Rejects && output.HasViolations)
                output.SetFault(DecodeErrorCode.ContractViolation, subject: table[output.FirstViolation].Name);
        }

        output.EndReading(row);
    }
}
