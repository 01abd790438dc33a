using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>Components as fragments.</summary>
internal static class LivePart
{
    public static RenderFragment Of<TComponent>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TComponent : IComponent
    {
        var all = parameters.ToArray();
        return builder =>
        {
            builder.OpenComponent<TComponent>(0);
            foreach (var (name, value) in all)
                builder.AddComponentParameter(1, name, value);
            builder.CloseComponent();
        };
    }
}
