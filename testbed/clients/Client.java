import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.CuratorZookeeperClient;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Client KIND STRING VALUE [PATH...]: connects with the connection string, writes VALUE and reads it back in another
 * session, then reads each PATH. Prints "wrote PATH" and "read PATH VALUE". KIND is zookeeper, ZooKeeper's own client;
 * curator, Curator as it comes, which has to go on after its connection was cut: from then on it uses the member list of
 * /zookeeper/config ("uses STRING"); or curator-untracked, Curator that keeps the string.
 */
public class Client {
    static final String PARENT = "/proof";
    static final int SESSION_MS = 6_000;
    static final long DEADLINE_MS = 30_000;

    interface Tree {
        /** Makes a node of the next number, and then sets its data. */
        String write(String prefix, byte[] data) throws Exception;

        byte[] read(String path) throws Exception;

        void close() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        String kind = args[0], string = args[1], value = args[2];
        Tree tree = open(kind, string);
        String path = write(tree, kind, value);
        tree.close();
        tree = open(kind, string);
        expect(value, read(tree, path));
        for (String other : List.of(args).subList(3, args.length)) {
            System.out.println("read " + other + " " + read(tree, other));
        }
        if (kind.equals("curator")) {
            moved(((Curator) tree).framework, string);
            expect(value, read(tree, write(tree, kind, value)));
        }
        tree.close();
        System.exit(0); // no thread of a client may keep this alive
    }

    static Tree open(String kind, String string) throws Exception {
        return kind.equals("zookeeper") ? new Plain(string) : new Curator(string, kind.equals("curator"));
    }

    static String write(Tree tree, String kind, String value) throws Exception {
        String path = tree.write(PARENT + "/" + kind + "-", value.getBytes(StandardCharsets.UTF_8));
        System.out.println("wrote " + path);
        return path;
    }

    static String read(Tree tree, String path) throws Exception {
        return new String(tree.read(path), StandardCharsets.UTF_8);
    }

    static void expect(String wanted, String found) {
        if (!wanted.equals(found)) throw new IllegalStateException("wrote " + wanted + ", read " + found);
    }

    /** Waits for Curator's other string, then cuts connections until one is made by that: the next may be chosen already. */
    static void moved(CuratorFramework framework, String given) throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        framework.getConnectionStateListenable().addListener((f, state) -> lost.set(state == ConnectionState.LOST));
        CuratorZookeeperClient client = framework.getZookeeperClient();
        await("the tracker took over", () -> !client.getCurrentConnectionString().equals(given));
        String used = client.getCurrentConnectionString();
        System.out.println("uses " + used);
        String one = used.replaceFirst("/.*", "").replace(".", "\\.").replace(',', '|');
        await("it was connected by " + used, () -> {
            if (lost.get()) throw new IllegalStateException("lost the session by using " + used);
            ZooKeeper zk = client.getZooKeeper();
            boolean so = zk.toString().matches("State:CONNECTED .* remoteserver:\\S*/(" + one + ") .*");
            if (!so && zk.getState().isConnected()) {
                zk.getTestable().closeSocket();
                zk.exists("/", false, (code, path, context, stat) -> {}, null); // what is closed is seen when it is used
            }
            return so;
        });
    }

    static void await(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + DEADLINE_MS * 1_000_000;
        while (!so.call()) {
            if (end < System.nanoTime()) throw new TimeoutException("waited " + DEADLINE_MS + " ms in vain until " + what);
            Thread.sleep(20);
        }
    }

    static class Plain implements Tree {
        final ZooKeeper zk;

        Plain(String string) throws Exception {
            zk = new ZooKeeper(string, SESSION_MS, event -> {});
            await("it was connected", () -> zk.getState().isConnected());
        }

        public String write(String prefix, byte[] data) throws Exception {
            try {
                zk.create(PARENT, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            } catch (KeeperException.NodeExistsException e) {
                // another client was here before
            }
            String path = zk.create(prefix, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            zk.setData(path, data, 0);
            return path;
        }

        public byte[] read(String path) throws Exception {
            zk.sync(path, (code, synced, context) -> {}, null);
            return zk.getData(path, false, null);
        }

        public void close() throws Exception {
            zk.close();
        }
    }

    static class Curator implements Tree {
        final CuratorFramework framework;

        Curator(String string, boolean tracker) {
            framework = CuratorFrameworkFactory.builder().connectString(string).ensembleTracker(tracker)
                .sessionTimeoutMs(SESSION_MS).connectionTimeoutMs(SESSION_MS).retryPolicy(new RetryNTimes(2, 500)).build();
            framework.start();
        }

        public String write(String prefix, byte[] data) throws Exception {
            String path = framework.create().creatingParentsIfNeeded().withMode(CreateMode.PERSISTENT_SEQUENTIAL)
                .forPath(prefix, new byte[0]);
            framework.setData().forPath(path, data);
            return path;
        }

        public byte[] read(String path) throws Exception {
            framework.sync().forPath(path);
            return framework.getData().forPath(path);
        }

        public void close() {
            framework.close();
        }
    }
}
