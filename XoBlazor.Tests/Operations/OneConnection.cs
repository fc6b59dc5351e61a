using XoBlazor.Core.Pools;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Tests.Operations;

/// <summary>Every pool is reached over the same connection.</summary>
internal sealed class OneConnection(XapiConnection connection) : IPoolConnections
{
    public XapiConnection? Find(string poolUuid) => connection;
}
