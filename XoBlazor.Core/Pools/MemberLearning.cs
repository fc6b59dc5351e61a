using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Looks at hosts and certificates whenever they changed and hands what is new to the fleet.</summary>
internal sealed class MemberLearning(IPoolHome home, XapiConnection connection)
{
    private (long, long, long) _seen;

    public void Look(PoolPicture picture)
    {
        var now = (picture.ContentVersion(XapiClass.Host), picture.ContentVersion(XapiClass.Certificate), picture.ContentVersion(XapiClass.Pool));
        if (now == _seen)
            return;
        _seen = now;
        var settings = home.Settings;
        var isEntered = XapiEndpoint.TryParse(settings.Address, out var entered, out _)
            && entered.Port == connection.Endpoint.Port && entered.Host.Equals(connection.Endpoint.Host, StringComparison.OrdinalIgnoreCase);
        var members = KnownMembers.Learn(picture, settings, isEntered ? settings.Address : connection.Endpoint.Host, connection.Certificate?.Fingerprint.Text);
        if (!members.SequenceEqual(settings.Members))
            home.Learnt(members);
    }
}
