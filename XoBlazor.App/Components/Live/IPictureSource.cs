namespace XoBlazor.App.Components.Live;

/// <summary>
/// Where a page's picture comes from: the live store, or the journal for a past moment. The frame cascades one to all pages, which
/// read <see cref="Current"/> and never ask which it is. Safe from any thread; the same instance is returned until something changed.
/// </summary>
public interface IPictureSource
{
    Scene Current { get; }
}
