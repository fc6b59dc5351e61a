namespace XoBlazor.App.Components.Travel;

/// <summary>A past moment on its way to the screen.</summary>
/// <param name="Done">How many pools have been read.</param>
public sealed record TravelProgress(DateTimeOffset Moment, int Done, int Pools);
