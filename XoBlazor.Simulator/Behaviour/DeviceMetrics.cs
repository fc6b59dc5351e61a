using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>The rows of figures that drives and interfaces are made with; nobody ever writes to them, but clients see them come and go.</summary>
internal static class DeviceMetrics
{
    public static XapiValue Create(Database db, string type) => db.Create(type).Ref;

    /// <summary>Destroys a drive or interface together with its figures.</summary>
    public static void DestroyWith(DbObject device)
    {
        var metrics = device.Follow("metrics", $"{device.Class}_metrics");
        device.Destroy();
        metrics?.Destroy();
    }
}
