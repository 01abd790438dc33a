using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>A piece of an open page that changes by itself.</summary>
internal interface ILivePart
{
    /// <summary>Adds what has changed since the last look; the first look adds nothing that the page cannot have already.</summary>
    void Look(List<RenderFragment> changed);
}
