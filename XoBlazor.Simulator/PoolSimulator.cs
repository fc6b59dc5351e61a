using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator;

/// <summary>One simulated pool: its database, what its calls do, its clock.</summary>
internal sealed class PoolSimulator(Database db, PoolOptions options, TimeProvider time)
{
    public Database Db { get; } = db;

    public PoolOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public CallRegistry Calls { get; } = new();

    public XapiValue Now => Time.GetUtcNow();
}
