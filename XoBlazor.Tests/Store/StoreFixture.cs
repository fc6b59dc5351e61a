using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Store;

/// <summary>A store with one open pool, and short ways to say what happens in it.</summary>
internal sealed class StoreFixture
{
    public const string PoolUuid = "5c25d6b2-0000-4000-8000-000000000001";

    public StoreFixture(params IEnumerable<IStoreObserver> observers)
    {
        Store = new(Time, observers);
        Writer = Store.Open(PoolUuid);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public ObjectStore Store { get; }

    public PoolWriter Writer { get; }

    public PoolPicture Picture => Store.Current.Pool(PoolUuid) ?? Writer.Picture;

    public static string Ref(string name) => $"OpaqueRef:{name}";

    public StoreBatch? Put(params IEnumerable<XapiObject> objects) => Writer.Apply(objects.Select(ObjectUpdate.Present));

    public StoreBatch? Remove(params IEnumerable<XapiObject> objects) => Writer.Apply(objects.Select(o => ObjectUpdate.Gone(o.Ref)));
}
