package dev.apg.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * libsolv, the resolver of zypper, dnf and conda's mamba, called in this process (interface of {@code solv/pool.h} and
 * {@code solv/solver.h}, version 0.7). Packages are loaded and indexed once; what is measured is a solver from its making to
 * its end. For one thread.
 */
public final class LibSolv implements AutoCloseable {
    private static final int RPM = 0;
    private static final int INSTALL_WHAT_PROVIDES = 0x0100 | 0x03;
    private static final int IGNORE_RECOMMENDED = 7;

    /** {@code Queue}: elements, count, what is allocated, what is left of it. */
    private static final MemoryLayout QUEUE = MemoryLayout.structLayout(
            ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4));

    /** {@code struct mallinfo2}. */
    private static final MemoryLayout MEMORY = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

    private static final int LARGE_BLOCKS = 4;
    private static final int SMALL_BLOCKS = 7;

    private final Functions solv;
    private final Arena arena;
    private final MemorySegment pool;
    private final long bytes;

    private LibSolv(Functions solv, Arena arena, Path testTags) throws Throwable {
        this.solv = solv;
        this.arena = arena;
        long before = solv.bytesInUse(arena);
        this.pool = (MemorySegment) solv.function("pool_create", ADDRESS).invoke();
        solv.function("pool_setdisttype", JAVA_INT, ADDRESS, JAVA_INT).invoke(pool, RPM);
        MemorySegment repository = (MemorySegment)
                solv.function("repo_create", ADDRESS, ADDRESS, ADDRESS).invoke(pool, arena.allocateFrom("available"));
        MemorySegment file = (MemorySegment) solv.function("fopen", ADDRESS, ADDRESS, ADDRESS)
                .invoke(arena.allocateFrom(testTags.toString()), arena.allocateFrom("r"));
        int failed = (int) solv.function("testcase_add_testtags", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT)
                .invoke(repository, file, 0);
        solv.function("fclose", JAVA_INT, ADDRESS).invoke(file);
        if (failed != 0) {
            throw new IllegalStateException("libsolv cannot read " + testTags);
        }
        solv.function("pool_createwhatprovides", null, ADDRESS).invoke(pool);
        this.bytes = solv.bytesInUse(arena) - before;
    }

    /** Loads and indexes packages; empty if the library is not installed. */
    public static Optional<LibSolv> load(Path testTags) {
        Arena arena = Arena.ofConfined();
        try {
            Optional<Functions> solv = Functions.find(arena);
            if (solv.isEmpty()) {
                arena.close();
                return Optional.empty();
            }
            return Optional.of(new LibSolv(solv.get(), arena, testTags));
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Memory of packages and index. */
    public long bytes() {
        return bytes;
    }

    /** Sets, each of which must have a member among what is installed, as a question that can be asked again. */
    public Question install(int[] sets, boolean recommended) {
        try {
            MethodHandle id = solv.function("pool_str2id", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
            int[] elements = new int[2 * sets.length];
            for (int i = 0; i < sets.length; i++) {
                elements[2 * i] = INSTALL_WHAT_PROVIDES;
                elements[2 * i + 1] = (int) id.invoke(pool, arena.allocateFrom(TestTags.set(sets[i])), 1);
            }
            return new Question(elements, recommended);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What to install. */
    public final class Question {
        private final MemorySegment jobs;
        private final boolean recommended;
        private final MethodHandle create = solv.function("solver_create", ADDRESS, ADDRESS);
        private final MethodHandle setFlag = solv.function("solver_set_flag", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        private final MethodHandle solve = solv.function("solver_solve", JAVA_INT, ADDRESS, ADDRESS);
        private final MethodHandle decisions = solv.function("solver_get_decisionqueue", null, ADDRESS, ADDRESS);
        private final MethodHandle free = solv.function("solver_free", null, ADDRESS);

        private Question(int[] elements, boolean recommended) {
            this.jobs = arena.allocate(QUEUE);
            this.recommended = recommended;
            jobs.set(ADDRESS, 0, arena.allocateFrom(JAVA_INT, elements));
            jobs.set(JAVA_INT, 8, elements.length);
        }

        /** Whether there is an answer. */
        public boolean solve() {
            try {
                MemorySegment solver = solver();
                int problems = (int) solve.invoke(solver, jobs);
                free.invoke(solver);
                return problems == 0;
            } catch (Throwable failed) {
                throw new IllegalStateException(failed);
            }
        }

        /** How many packages the answer has. */
        public int installed() {
            try (Arena answer = Arena.ofConfined()) {
                MemorySegment solver = solver();
                MemorySegment queue = answer.allocate(QUEUE);
                solv.function("queue_init", null, ADDRESS).invoke(queue);
                solve.invoke(solver, jobs);
                decisions.invoke(solver, queue);
                int count = queue.get(JAVA_INT, 8);
                MemorySegment elements = queue.get(ADDRESS, 0).reinterpret(4L * count);
                int installed = 0;
                for (int i = 0; i < count; i++) {
                    // Number 1 is the system itself.
                    installed += elements.getAtIndex(JAVA_INT, i) > 1 ? 1 : 0;
                }
                solv.function("queue_free", null, ADDRESS).invoke(queue);
                free.invoke(solver);
                return installed;
            } catch (Throwable failed) {
                throw new IllegalStateException(failed);
            }
        }

        private MemorySegment solver() throws Throwable {
            MemorySegment solver = (MemorySegment) create.invoke(pool);
            if (!recommended) {
                setFlag.invoke(solver, IGNORE_RECOMMENDED, 1);
            }
            return solver;
        }
    }

    @Override
    public void close() {
        try {
            solv.function("pool_free", null, ADDRESS).invoke(pool);
            arena.close();
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The functions of libsolv and of the C library. */
    private record Functions(Linker linker, SymbolLookup symbols) {
        static Optional<Functions> find(Arena arena) {
            try {
                SymbolLookup solv = SymbolLookup.libraryLookup("libsolv.so.1", arena);
                SymbolLookup extensions = SymbolLookup.libraryLookup("libsolvext.so.1", arena);
                Linker linker = Linker.nativeLinker();
                return Optional.of(new Functions(linker, solv.or(extensions).or(linker.defaultLookup())));
            } catch (IllegalArgumentException notInstalled) {
                return Optional.empty();
            }
        }

        MethodHandle function(String name, @Nullable ValueLayout result, ValueLayout... parameters) {
            FunctionDescriptor shape =
                    result == null ? FunctionDescriptor.ofVoid(parameters) : FunctionDescriptor.of(result, parameters);
            return linker.downcallHandle(symbols.findOrThrow(name), shape);
        }

        long bytesInUse(Arena arena) throws Throwable {
            MethodHandle mallinfo =
                    linker.downcallHandle(symbols.findOrThrow("mallinfo2"), FunctionDescriptor.of(MEMORY));
            MemorySegment told = (MemorySegment) mallinfo.invoke((SegmentAllocator) arena);
            return told.getAtIndex(JAVA_LONG, LARGE_BLOCKS) + told.getAtIndex(JAVA_LONG, SMALL_BLOCKS);
        }
    }
}
