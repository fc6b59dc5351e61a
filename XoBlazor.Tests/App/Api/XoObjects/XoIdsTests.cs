using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.App.Api.XoObjects;

public sealed class XoIdsTests
{
    private const string First = "5c25d6b2-0000-4000-8000-000000000001";
    private const string Second = "5c25d6b2-0000-4000-8000-000000000002";
    private const string Template = "7ba5d6b2-0000-4000-8000-000000000003";
    private const string Shared = "7ba5d6b2-0000-4000-8000-000000000004";

    private readonly ObjectStore _store = new(TimeProvider.System, []);

    public XoIdsTests()
    {
        foreach (var pool in new[] { First, Second })
        {
            using var writer = _store.Open(pool);
            writer.ApplyListing(
            [
                new Pool { Ref = "OpaqueRef:pool", Uuid = pool },
                new Vm { Ref = "OpaqueRef:template", Uuid = Template, IsATemplate = true, IsDefaultTemplate = true },
                new Sr { Ref = "OpaqueRef:sr", Uuid = Shared, NameLabel = pool },
                new PoolPatch { Ref = $"OpaqueRef:patch of {pool}", Uuid = "patch" },
                new VmMetrics { Ref = "OpaqueRef:metrics", Uuid = "metrics" },
            ]);
        }
    }

    [Fact]
    public void Find_EveryObject_ByItsOwnId()
    {
        foreach (var pool in _store.Current.Pools)
            foreach (var value in XoTypes.Classes.SelectMany(c => pool.All(c)).Where(v => v.Uuid != Shared))
                Assert.Same(value, XoIds.Find(_store.Current, XoIds.Of(pool, value))?.Object);
    }

    [Fact]
    public void Find_DefaultTemplatesOfTwoPools_AreTwo()
    {
        var (a, b) = (XoIds.Find<Vm>(_store.Current, $"{First}-{Template}"), XoIds.Find<Vm>(_store.Current, $"{Second}-{Template}"));

        Assert.Equal((First, Second), (a!.Value.Pool.Uuid, b!.Value.Pool.Uuid));
        Assert.Null(XoIds.Find(_store.Current, Template));
    }

    [Fact]
    public void Find_AnIdThatTwoPoolsClaim_IsTheFirstPools() => Assert.Equal(First, XoIds.Find<Sr>(_store.Current, Shared)!.Value.Object.NameLabel);

    [Theory]
    [InlineData("patch")]
    [InlineData("metrics")]
    [InlineData("OpaqueRef:metrics")]
    [InlineData("OpaqueRef:sr")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(First + "-")]
    [InlineData(First + "-" + Shared)]
    [InlineData(First + "x" + Template)]
    public void Find_WhatIsNoId_IsNothing(string id) => Assert.Null(XoIds.Find(_store.Current, id));

    [Fact]
    public void Find_AnotherClass_IsNothing() => Assert.Null(XoIds.Find<Vm>(_store.Current, First));

    [Fact]
    public void ClassesOf_EveryType_HasItsClass()
    {
        foreach (var pool in _store.Current.Pools)
            foreach (var value in XoTypes.Classes.SelectMany(c => pool.All(c)))
                Assert.Equal([value.Class], XoTypes.ClassesOf(XoTypes.Of(pool, value)!));
        Assert.Empty(XoTypes.ClassesOf("vm"));
    }
}
