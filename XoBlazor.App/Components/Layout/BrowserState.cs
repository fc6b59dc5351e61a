namespace XoBlazor.App.Components.Layout;

/// <summary>What the browser tells when the frame starts.</summary>
/// <param name="Zone">Its time zone's name.</param>
public sealed record BrowserState(string Zone, bool ShowsTree);
