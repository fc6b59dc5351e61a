using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace XoBlazor.App.Components;

/// <summary>The document. Pages are interactive, except those that exclude themselves (sign-in must be plain HTTP to set its cookie).</summary>
public sealed partial class App
{
    // Prerendering would read every list twice and throw the first reading away.
    private static readonly IComponentRenderMode s_interactive = new InteractiveServerRenderMode(prerender: false);

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    private IComponentRenderMode? Mode => Context.AcceptsInteractiveRouting() ? s_interactive : null;

    /// <summary>What the person chose for the look, from a cookie, so that the first paint is already right. Other values than ours are nobody's choice.</summary>
    private string? Wish(string name) => Context.Request.Cookies[name] is "light" or "dark" or "comfortable" or "icons" ? Context.Request.Cookies[name] : null;
}
