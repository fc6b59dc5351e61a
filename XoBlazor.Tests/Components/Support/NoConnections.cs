using XoBlazor.Core.Pools;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pools whose objects are there and whose hosts are not.</summary>
internal sealed class NoConnections : IPoolConnections
{
    public XapiConnection? Find(string poolUuid) => null;
}
