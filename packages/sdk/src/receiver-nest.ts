export * from '@hubex-kit/receiver/nest';
