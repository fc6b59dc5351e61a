using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>How each object and its state look, the same everywhere.</summary>
public static class ObjectLooks
{
    public static string Icon(XapiObject value) => value switch
    {
        Vm { IsASnapshot: true } => "snapshot",
        Vm { IsATemplate: true } => "template",
        Vm => "vm",
        Host => "host",
        Pool => "pool",
        Sr => "sr",
        Vdi { IsASnapshot: true } => "snapshot",
        Vdi => "vdi",
        Network => "network",
        XapiTask => "task",
        XapiMessage => "message",
        _ => "info",
    };

    /// <summary>What it is called wherever it is shown; see <see cref="ForeignText"/>.</summary>
    public static string Name(XapiObject value)
    {
        var name = ObjectNames.OwnName(value) ?? value.Uuid;
        return string.IsNullOrWhiteSpace(name) ? $"(no name) {Short(value)}" : ForeignText.Shown(name);
    }

    /// <summary>The object's state; null for what has none.</summary>
    public static Look? State(PoolPicture picture, XapiObject value) => value switch
    {
        Vm vm => VmLooks.State(vm),
        Host host => HostLooks.State(picture, host),
        Sr sr => StorageLooks.State(picture, sr),
        Vdi vdi => StorageLooks.State(picture, vdi),
        XapiTask task => TaskLooks.State(task),
        _ => null,
    };

    private static string Short(XapiObject value) => value.Uuid.Length > 8 ? value.Uuid[..8] : value.Uuid;
}
