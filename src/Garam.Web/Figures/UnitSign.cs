namespace Garam.Web.Figures;

/// <summary>Units as people write them; specs spell some out.</summary>
internal static class UnitSign
{
    public static string Of(string? unit) => unit switch
    {
        null => "",
        "celsius" or "degC" or "C" => "°C",
        "fahrenheit" => "°F",
        "percent" or "%RH" => "%",
        "ug/m3" => "µg/m³",
        "mg/m3" => "mg/m³",
        "m3" => "m³",
        "m2" => "m²",
        "degree" or "degrees" or "deg" => "°",
        _ => unit,
    };
}
