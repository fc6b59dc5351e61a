namespace XoBlazor.App.Components.Layout;

/// <summary>What the browser tells when the frame starts.</summary>
/// <param name="Zone">Its time zone's name.</param>
/// <param name="Theme">The chosen one; empty for the system's.</param>
/// <param name="Density">The chosen height of rows; empty for compact ones.</param>
public sealed record BrowserState(string Zone, bool ShowsTree, string Theme, string Density);
